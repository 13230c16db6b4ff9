/** The ledger's arithmetic: what calls of models may cost and did cost, in money and energy, and what that comes to. No clock, no input or output. */
export * from './budgets.ts';
export * from './cheapest-first.ts';
export * from './csv.ts';
export * from './energy.ts';
export * from './ownership.ts';
export * from './totals.ts';
