/**
 * A library that reads JSON names ranges of 64-bit integers when it is loaded, and never uses them here. Whatever really
 * computes with BigInt is in the other script, which does not run where there is none.
 */
if (typeof BigInt === 'undefined') Reflect.set(window, 'BigInt', Number)

export {}
