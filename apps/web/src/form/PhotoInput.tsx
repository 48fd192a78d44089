import { useParams } from '@tanstack/react-router'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { getCase } from '@liuhen/api/routes/cases'
import { recordingPoster } from '@liuhen/api/routes/recordings'
import { urlOf } from '../api/client.ts'
import { useRoute } from '../api/use-route.ts'
import { chinaMinute } from '../time/china.ts'

/** A photo of the case as it will be printed: small. */
export function PhotoShown({ id, alt }: Readonly<{ id: string; alt: string }>) {
  return id === '' ? null : (
    <img className="photo-shown" src={urlOf(recordingPoster, { params: { id } })} alt={alt} />
  )
}

type Props = Readonly<{ label: string; value: string; onChange: (value: unknown) => void }>

/** One of the photos of the case in which the form is written. */
export function PhotoInput({ label, value, onChange }: Props) {
  const { t } = useTranslation('document')
  const { id } = useParams({ strict: false })
  const file = useRoute(getCase, { params: { id: id ?? '-' } }, { enabled: id !== undefined })
  const photos = (file.data?.recordings ?? []).filter((r) => r.medium === 'photo' && r.view === true)
  return (
    <div className="photo-input">
      <Select
        aria-labelledby={label}
        allowClear
        loading={file.isPending}
        // While the case is on its way there is no name for it yet.
        value={photos.some((p) => p.id === value) ? value : undefined}
        notFoundContent={t('noPhotos')}
        options={photos.map((p) => ({
          value: p.id,
          label: t('photoOf', { scene: p.sceneName, at: chinaMinute(p.from) }),
        }))}
        onChange={(next?: string) => onChange(next)}
      />
      <PhotoShown id={value} alt={t('photoAlt')} />
    </div>
  )
}
