/** What an agency publishes is its key alone; a policy names it in a line. Whoever pastes the key gets the line. */
export const policyOf = (said: string): string => {
  const text = said.trim()
  return /^\S+\+[0-9a-f]{8}\+\S+$/.test(text) ? `log ${text}` : text
}
