/** Progress for people on standard error; standard output is for results. Quiet when asked for JSON or not a terminal's business. */
export type Progress = Readonly<{
  step: (text: string) => void
  bar: (text: string, done: number, total: number) => void
  end: () => void
}>

const WIDTH = 24

const barOf = (done: number, total: number): string => {
  const share = total === 0 ? 1 : Math.min(1, done / total)
  const full = Math.round(share * WIDTH)
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${String(Math.round(share * 100)).padStart(3)}%`
}

export const startProgress = (out: NodeJS.WriteStream, quiet: boolean): Progress => {
  if (quiet) return { step: () => undefined, bar: () => undefined, end: () => undefined }
  let open = false
  const close = (): void => {
    if (open) out.write('\n')
    open = false
  }
  return {
    step: (text) => {
      close()
      out.write(`${text}\n`)
    },
    bar: (text, done, total) => {
      if (out.isTTY) out.write(`\r  ${barOf(done, total)} ${text}`)
      else if (done >= total) out.write(`  ${barOf(done, total)} ${text}\n`)
      open = out.isTTY
    },
    end: close,
  }
}
