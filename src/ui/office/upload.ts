/** Sends a file's bytes with progress: XMLHttpRequest, because fetch cannot tell how much has gone. */
export type Send<Answer> = (file: File, onSent: (bytes: number) => void, signal: AbortSignal) => Promise<Answer>

/**
 * POSTs the raw bytes; the name travels percent-encoded in `x-file-name`, since headers carry no Chinese.
 * Resolves with the JSON answer; rejects with `{status, data}`, which `troubleOf` reads.
 */
export const sendFile =
  <Answer>(to: string): Send<Answer> =>
  (file, onSent, signal) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      request.open('POST', to)
      request.responseType = 'json'
      request.setRequestHeader('content-type', 'application/octet-stream')
      request.setRequestHeader('x-file-name', encodeURIComponent(file.name))
      request.upload.onprogress = (event) => onSent(event.loaded)
      request.upload.onload = () => onSent(file.size)
      request.onload = () => {
        if (request.status < 300) resolve(request.response as Answer)
        else reject({ status: request.status, data: request.response?.data ?? request.response })
      }
      request.onerror = () => reject(new TypeError('the server was not reached'))
      request.onabort = () => reject(new DOMException('stopped', 'AbortError'))
      signal.addEventListener('abort', () => request.abort(), { once: true })
      request.send(file)
    })
