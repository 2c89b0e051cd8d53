/** This page's own camera, where the browser can read QR codes; elsewhere the phone's camera app does the same. */
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Icon } from '../../../../ui/Icon.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import './check-in.css'
import './my.css'
import { tokenIn } from './token.ts'

type Detector = { detect: (source: HTMLVideoElement) => Promise<readonly { rawValue: string }[]> }
type Scope = { BarcodeDetector?: new (options: { formats: readonly string[] }) => Detector }

/** Milliseconds between two looks: quick for a person, easy on the battery. */
const LOOK_EVERY = 250

const canScan = (): boolean => 'BarcodeDetector' in globalThis && navigator.mediaDevices !== undefined

export function Scanner({ onToken }: { onToken: (token: string) => void }) {
  const t = useWords('training')
  const [on, setOn] = useState(false)
  const [refused, setRefused] = useState(false)
  if (!canScan() || refused)
    return (
      <p className="my-tip">
        <Icon name="scan" size={18} />
        {t(refused ? 'my.scan.refused' : 'my.scan.outside')}
      </p>
    )
  if (!on)
    return (
      <div className="my-big">
        <Button look="primary" wide icon="scan" onClick={() => setOn(true)}>
          {t('my.scan.start')}
        </Button>
      </div>
    )
  return (
    <div className="q-stack">
      <Camera onToken={onToken} onRefused={() => setRefused(true)} />
      <Button wide onClick={() => setOn(false)}>
        {t('my.scan.stop')}
      </Button>
    </div>
  )
}

function Camera({ onToken, onRefused }: { onToken: (token: string) => void; onRefused: () => void }) {
  const t = useWords('training')
  const video = useRef<HTMLVideoElement>(null)
  const [foreign, setForeign] = useState(false)
  const told = useRef({ onToken, onRefused })
  told.current = { onToken, onRefused }
  useEffect(() => {
    const { BarcodeDetector } = globalThis as Scope
    if (!BarcodeDetector) return
    const detector = new BarcodeDetector({ formats: ['qr_code'] })
    let stream: MediaStream | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let over = false
    const look = async () => {
      const screen = video.current
      const found = screen && screen.readyState >= 2 ? await detector.detect(screen).catch(() => []) : []
      if (over) return
      const token = found.map(({ rawValue }) => tokenIn(rawValue)).find((one) => one !== null)
      if (token) return told.current.onToken(token)
      if (found.length > 0) setForeign(true)
      timer = setTimeout(() => void look(), LOOK_EVERY)
    }
    const start = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      if (over || !video.current) return stop()
      video.current.srcObject = stream
      await video.current.play()
      await look()
    }
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    start().catch(() => {
      if (!over) told.current.onRefused()
    })
    return () => {
      over = true
      clearTimeout(timer)
      stop()
    }
  }, [])
  return (
    <>
      <video ref={video} className="my-camera" playsInline muted aria-label={t('my.scan.picture')} />
      {foreign && <Notice tone="wait">{t('my.scan.foreign')}</Notice>}
    </>
  )
}
