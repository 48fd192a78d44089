import words from 'virtual:law-words'

type Named = Readonly<{ scene: string; sceneName: string }>

/** The name of a scene: as the case's own recordings say it, else from the law's list, else the code itself. */
export const sceneNames = (recordings: readonly Named[] = []): ((scene: string) => string) => {
  const own = new Map(recordings.map((r) => [r.scene, r.sceneName]))
  return (scene) => own.get(scene) ?? words.scenes[scene] ?? scene
}
