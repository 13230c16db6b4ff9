/** Wishes on the sample shop with evenly spread rows, and what must become of each: labelled by what the tables and their indexes are, not by what was measured. */
export type Becomes = 'index' | 'time' | 'nothing' | 'cannot' | 'question';
export interface Wish {
  readonly text: string;
  readonly becomes: Becomes;
  readonly because: string;
}
export const wishes: readonly Wish[] = [
  { text: 'Listing products sorted by stock is slow', becomes: 'index', because: 'whole numbers have no index of their own' },
  { text: 'Listing products by stock, largest first, is slow', becomes: 'index', because: 'the same, from the other end' },
  { text: 'Searching products by name is slow', becomes: 'index', because: 'each text is looked through' },
  { text: 'make finding customers faster', becomes: 'index', because: 'each text is looked through' },
  { text: 'Make listing products faster', becomes: 'question', because: 'the search gains, and the order by stock' },
  { text: 'Make listing products sorted by price faster', becomes: 'nothing', because: 'amounts have an index already' },
  { text: 'Listing invoices sorted by issue date takes too long', becomes: 'nothing', because: 'dates have an index already' },
  { text: 'Listing orders by customer is slow', becomes: 'nothing', because: 'references have an index already' },
  { text: 'Listing customers by tier is slow', becomes: 'nothing', because: 'each third row is of a tier: a page is soon full' },
  { text: 'Showing unpaid invoices is slow', becomes: 'nothing', because: 'each second row is unpaid: a page is soon full' },
  { text: 'Reading one invoice is slow', becomes: 'nothing', because: 'it is read by its id' },
  { text: 'Listing orders sorted by total is slow', becomes: 'cannot', because: 'the total is computed when it is read' },
  { text: 'Listing products sorted by category is slow', becomes: 'cannot', because: 'the text has no bound that an index could hold' },
  { text: 'Invoices must answer within 5 seconds', becomes: 'time', because: 'no read of 20,000 rows takes that long' },
  { text: 'Orders must answer within 1 ms', becomes: 'cannot', because: 'sums over the lines of each row take longer' },
  { text: 'Use less memory', becomes: 'nothing', because: 'there is no index that could go' },
];
