type File = Readonly<{
  evaluation: Readonly<{ steps: readonly Readonly<{ id: string; name: string }>[] }>
}>
type Recording = Readonly<{ step: string; sceneName: string }>

/** What a recording shows: its step; its scene beside it where that says more. `both` sets the two together. */
export function recordingTitle(
  file: File,
  { step, sceneName }: Recording,
  both: (step: string, scene: string) => string,
): string {
  const name = file.evaluation.steps.find((s) => s.id === step)?.name
  if (name === undefined || sceneName.includes(name)) return sceneName
  return name.includes(sceneName) ? name : both(name, sceneName)
}
