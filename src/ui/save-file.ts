/** Hands a file that came over the API to the person, as the browser's own download. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = file instanceof File && file.name ? file.name : name
  document.body.append(link)
  link.click()
  link.remove()
  // Browsers read the address after the click returns; a minute is enough for the slowest.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
