import type { ReactNode } from 'react'
import { Empty } from 'antd'

type Props = Readonly<{ title: string; hint?: string | undefined; action?: ReactNode }>

/** Nothing is here; says why that is so and what would put something here. */
export function Nothing({ title, hint, action }: Props) {
  return (
    <Empty
      className="nothing"
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <p className="nothing-title">{title}</p>
          {hint !== undefined && <p className="nothing-hint">{hint}</p>}
        </>
      }
    >
      {action}
    </Empty>
  )
}
