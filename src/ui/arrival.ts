/** After going to another page the focus belongs to its heading: the shell notes the arrival, the heading takes it. */
let arrived = false

export const noteArrival = (): void => {
  arrived = true
}

export const takeArrival = (): boolean => {
  const was = arrived
  arrived = false
  return was
}
