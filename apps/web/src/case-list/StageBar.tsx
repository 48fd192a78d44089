import type { StageProgress } from './stage-progress.ts'

/** Stages as ticks: behind, here, ahead. */
export function StageBar({
  name,
  progress,
}: Readonly<{ name: string; progress: StageProgress | undefined }>) {
  return (
    <span className="stage-bar">
      <span>{name}</span>
      {progress && (
        <span className="stage-ticks" aria-hidden="true">
          {Array.from({ length: progress.of }, (_, i) => (
            <i key={i} data-state={i < progress.done ? 'done' : i === progress.done ? 'now' : 'ahead'} />
          ))}
        </span>
      )}
    </span>
  )
}
