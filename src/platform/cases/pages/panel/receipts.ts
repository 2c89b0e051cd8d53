/** Receipts of one's ballots, kept on this device alone: made here, at random, and told to nobody but the urn. What was voted is not kept. */
const key = (panelId: string) => `qiangshi.receipts.${panelId}`

export type Receipts = Readonly<Record<string, string>>

export function receiptsOf(panelId: string): Receipts {
  try {
    const kept = JSON.parse(localStorage.getItem(key(panelId)) ?? '{}') as unknown
    return kept !== null && typeof kept === 'object' ? (kept as Receipts) : {}
  } catch {
    return {}
  }
}

/** 32 random bytes as hex. */
export const newReceipt = (): string =>
  [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Kept before the ballot is sent: an answer that is lost on the way is found again by it. */
export function keepReceipt(panelId: string, applicationId: string): string {
  const receipt = newReceipt()
  try {
    localStorage.setItem(key(panelId), JSON.stringify({ ...receiptsOf(panelId), [applicationId]: receipt }))
  } catch {
    // A device without storage votes all the same, and shows the receipt once.
  }
  return receipt
}

/** A receipt as people compare it. */
export const inGroups = (receipt: string): string => (receipt.slice(0, 16).match(/.{4}/g) ?? []).join(' ')
