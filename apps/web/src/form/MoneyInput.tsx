import { useState } from 'react'
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { capitalOf, fenOf, yuanOf } from './money.ts'

type Props = Readonly<{ id: string; value: string; onChange: (fen: string | undefined) => void }>

/** Typed in yuan, kept in fen, said in capital numerals below, as it will be printed. */
export function MoneyInput({ id, value, onChange }: Props) {
  const { t } = useTranslation('document')
  const [typed, setTyped] = useState<string | undefined>()
  const wrong = typed !== undefined && typed !== '' && fenOf(typed) === undefined
  return (
    <>
      <Input
        id={id}
        inputMode="decimal"
        suffix={t('capital.yuan')}
        status={wrong ? 'error' : ''}
        value={typed ?? yuanOf(value)}
        onChange={(e) => {
          setTyped(e.target.value)
          const fen = fenOf(e.target.value)
          if (fen !== undefined || e.target.value === '') onChange(fen)
        }}
        onBlur={() => {
          if (!wrong) setTyped(undefined)
        }}
      />
      <p className={wrong ? 'field-problem' : 'field-help'}>
        {wrong
          ? t('moneyWrong')
          : value !== '' &&
            t('inCapitals', { text: capitalOf(value, t('capital', { returnObjects: true })) })}
      </p>
    </>
  )
}
