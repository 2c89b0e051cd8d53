/** The Chinese face, sliced: the browser fetches only the slices whose characters are on the screen. */
import '@fontsource-variable/noto-sans-sc/index.css'
import './face.css'
