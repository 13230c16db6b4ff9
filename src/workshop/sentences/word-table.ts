/** Tables that are looked up with words that a person wrote: they have no names but their own, so "constructor" finds nothing. */
export const wordTable = <V>(entries: { readonly [word: string]: V }): { readonly [word: string]: V } =>
  Object.freeze(Object.assign(Object.create(null), entries) as { readonly [word: string]: V });
