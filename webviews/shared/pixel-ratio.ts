/** Says when the page comes to a screen with another pixel density, where canvases must be drawn anew to stay sharp. */
export function onPixelRatioChange(listener: () => void): void {
  const wait = () => {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
    query.addEventListener(
      'change',
      () => {
        listener()
        wait()
      },
      { once: true },
    )
  }
  wait()
}
