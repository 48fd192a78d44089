/** An amount that is kept in fen, in yuan as people write it: 50,000元, 200.50元. */
export function sayYuan(fen: number): string {
  const [whole = '0', cents = '00'] = (Math.abs(fen) / 100).toFixed(2).split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '-' : ''}${grouped}${cents === '00' ? '' : `.${cents}`}元`
}
