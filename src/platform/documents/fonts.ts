/** The faces that documents are set in, from npm packages, so that a page looks the same on every machine. */
import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)

const FACES = [
  'noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  'noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
  'noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  'noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  // Noto's Chinese faces lack some characters of names, 𠮷 among them; the Japanese one has them.
  'noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf',
  'noto-serif-jp/700Bold/NotoSerifJP_700Bold.ttf',
]

const file = (face: string): string[] => {
  try {
    return [resolve(`@expo-google-fonts/${face}`)]
  } catch {
    return []
  }
}

/** Paths of the font files. A face that is not installed is left out: Typst then looks in the next family. */
export const fontFiles = (): string[] => FACES.flatMap(file)
