/** Formulas are read and compiled, never run as they stand: exact numbers need types that JavaScript's numbers do not have. */
export function onlyInFormulas(name: string): never {
  throw new TypeError(`${name} stands in a formula; formulas are compiled by the system and cannot be run as they are`);
}
