/** What people ask for that no sentence does: a reason, and where it is done instead. A closed list, by the first word. */
const ROWS = 'A request changes the system, not its rows. Rows are changed in the console, or over the API.';
const MESSAGES = 'Messages cannot be sent by a change that a sentence asks for.';
const PAPER = 'A change adds fields, rules, operations and views; files and print-outs are made from what the API answers.';
const BACK = 'A change is taken back with "Undo" beside it in the console, or with `theseus rollback`.';

const BEYOND: ReadonlyMap<string, string> = new Map([
  ...[
    'delete',
    'set',
    'increase',
    'decrease',
    'raise',
    'lower',
    'copy',
    'move',
    'cancel',
    'ship',
    'pay',
    'approve',
    'mark',
    'update',
    'insert',
  ].map((word) => [word, ROWS] as const),
  ...['send', 'email', 'remind', 'notify', 'inform', 'alert', 'call', 'text'].map((word) => [word, MESSAGES] as const),
  ...['print', 'export', 'import', 'download', 'upload'].map((word) => [word, PAPER] as const),
  ...['undo', 'revert', 'rollback', 'reverse'].map((word) => [word, BACK] as const),
]);
export const beyond = (firstWord: string | undefined): string | undefined => (firstWord === undefined ? undefined : BEYOND.get(firstWord));
