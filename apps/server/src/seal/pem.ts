/** The DER of every certificate in a PEM text, in their order. */
export const certificatesIn = (pem: string): readonly Uint8Array[] =>
  [...pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g)].map(
    ([, body]) => new Uint8Array(Buffer.from(body ?? '', 'base64')),
  )

/** The private key among what else a PEM text holds. */
export const privateKeyIn = (pem: string): string | undefined =>
  /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[A-Za-z0-9+/=\s]+-----END \1-----/.exec(pem)?.[0]

const LINE = 64

export const certificatePem = (der: Uint8Array): string => {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(new RegExp(`.{1,${LINE}}`, 'g'))
  return ['-----BEGIN CERTIFICATE-----', ...(lines ?? []), '-----END CERTIFICATE-----', ''].join('\n')
}
