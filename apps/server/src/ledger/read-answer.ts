/** The bytes of an answer from outside; throws as soon as they are more than `limit`, so that nobody fills our memory. */
export const readAnswer = async (answer: Response, limit: number): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body ?? []) {
    size += part.length
    if (size > limit) throw new Error(`回答超过 ${limit} 字节`)
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}
