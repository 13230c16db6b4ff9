/** What people in a small business call things: words of one row are taken for one another. About trade at large, never about one system. */
import { rootOf } from '#settings';

const ROWS = `
customer client buyer shopper purchaser patron
product article goods item ware merchandise
order purchase sale sell buy
invoice bill receipt
quote offer quotation estimate proposal
reservation booking backorder reserve wait
supplier vendor wholesaler
employee staff colleague worker
payment transfer
stock inventory left supply available shelf shelves
price charge
email mail e-mail
total amount sum worth cost
cancel drop withdraw storno annul
ship send dispatch deliver
pay settle paid
unpaid owe outstanding overdue debt unsettled
open pending unfinished
allocate distribute share apportion allot
issue write draw
expire lapse invalid
quantity piece
category group kind type
reorder restock replenish low
revenue turnover takings earn income sales
number count
valid hold
credit creditworthy
find search look
big bigger biggest large great high most max maximum
small smaller little low min minimum few
new recent late latest
best top
manager boss chief head
approve approval confirm agree permit
early earlier earliest first
arrive arrival
`;
const table = new Map<string, ReadonlySet<string>>();
for (const row of ROWS.trim().split('\n')) {
  const roots = row.split(' ').map(rootOf);
  for (const root of roots) table.set(root, new Set([...(table.get(root) ?? []), ...roots]));
}

const PAST: { readonly [form: string]: string } = {
  bought: 'buy',
  sold: 'sell',
  sent: 'send',
  held: 'hold',
  wrote: 'write',
  written: 'write',
  drawn: 'draw',
  drew: 'draw',
  owed: 'owe',
  spend: 'buy',
  spent: 'buy',
  cheapest: 'price',
  expensive: 'price',
  cheap: 'price',
  dear: 'price',
  dearest: 'price',
};
/** The root of a word and those of the words that are taken for it. */
export const alike = (word: string): ReadonlySet<string> => {
  const root = rootOf(Object.hasOwn(PAST, word) ? (PAST[word] ?? word) : word);
  return new Set([root, ...(table.get(root) ?? [])]);
};

/** Words that name nothing: grammar, politeness, time of day, and what people say around a wish. */
const PLAIN = new Set(
  `a an the this that these those some any no none every each all both either neither other another others such same own
  i you he she it we they me him her us them my your his its our their mine yours who whom whose which what when where why how whoever whatever
  is are was were be been being am do does did done doing has have had having can could may might must shall should will would ought
  and or but not nor if unless then than so as because while until since though although also too only just even still yet already again once ever never always
  of to in on at by for from with without into onto over under above below between through during before after about against per up down out off away back
  please thanks thank hello hi ok okay well now here there today tomorrow yesterday morning evening night monday tuesday wednesday thursday friday saturday sunday week month year day
  want wants wanted like need needs needed wish would love let make makes made get gets got give gives go goes going come comes came take takes took put puts keep keeps set see seen sees
  know knows think tell tells told say says said ask asks show shows list lists possible able way thing things something anything everything nothing somebody anybody everybody nobody
  someone anyone everyone people person person's one ones two time times first last next more less many much few several lot lots really very quite rather right wrong
  system programme program software application app computer screen page pages look looks work works use uses used using try find help do does certain whether exist exists
  mr mrs frau herr miss whole entire part long longer short sure idea ever yes instead else either got 've 'd`.split(/\s+/),
);
export const isPlain = (word: string): boolean => PLAIN.has(word) || /^[\d.,:/?-]+$/.test(word);
