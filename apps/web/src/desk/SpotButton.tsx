import { ThunderboltOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { listProcedures } from '@liuhen/api/routes/law'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { hasRole, useMe } from '../session/me.ts'
import { onTheSpotOf } from '../spot/on-the-spot.ts'

const ENFORCES = ['officer'] as const

/** Offered to officers of an agency that may carry out something whole on the spot. */
export function SpotButton() {
  const { t } = useTranslation('spot')
  const navigate = useNavigate()
  const mine = hasRole(useMe(), ENFORCES)
  const offered = useRoute(listProcedures, { query: { offered: 'true', kind: 'case' } }, { enabled: mine })
  if (onTheSpotOf(offered.data?.items ?? []).length === 0) return null
  return (
    <Button icon={<ThunderboltOutlined />} onClick={() => void navigate(paths.spot())}>
      {t('open')}
    </Button>
  )
}
