/** What came into the language and its hosts after ES2018 and can be taken out again; source for `addInitScript`. */
export const TAKE_NEWER_OUT = `(() => {
  const drop = (of, ...names) => { for (const name of names) delete of[name] }
  const typed = Object.getPrototypeOf(Uint8Array.prototype)
  const newer = ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'with']
  drop(Array.prototype, 'flat', 'flatMap', 'toSpliced', ...newer)
  drop(typed, ...newer)
  drop(String.prototype, 'trimStart', 'trimEnd', 'matchAll', 'replaceAll', 'at', 'isWellFormed', 'toWellFormed')
  drop(Object, 'fromEntries', 'hasOwn', 'groupBy')
  drop(Map, 'groupBy')
  drop(Array, 'fromAsync')
  drop(Promise, 'allSettled', 'any', 'withResolvers', 'try')
  drop(Set.prototype, 'union', 'intersection', 'difference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom', 'symmetricDifference')
  drop(Symbol.prototype, 'description')
  drop(Uint8Array, 'fromBase64', 'fromHex')
  drop(Uint8Array.prototype, 'toBase64', 'toHex')
  drop(Blob.prototype, 'arrayBuffer', 'stream', 'text', 'bytes')
  drop(Crypto.prototype, 'subtle')
  drop(window, 'BigInt', 'BigInt64Array', 'BigUint64Array', 'WeakRef', 'FinalizationRegistry', 'AggregateError', 'Iterator', 'structuredClone', 'globalThis')
})()`
