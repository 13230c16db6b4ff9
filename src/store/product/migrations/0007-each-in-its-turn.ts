/** What is due is looked for by reaction and job, so that no flood of one stands before the others. */
export const eachInItsTurn: readonly string[] = [
  "create index deliveries_of_contract on theseus.deliveries (contract, due_at, no) where state = 'waiting'",
];
