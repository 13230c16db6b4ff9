/** What a generator does, for a person: who was tried, what was looked up, why it was written again, what a model cost. */
import {
  type ChangeDetail,
  type ChangeEvent,
  budgetText,
  countText,
  dollars,
  exampleInWords,
  exampleName,
  moneyText,
  spendingOf,
  tokensText,
} from '#api/client';
import { counted } from './evidence-ladder.ts';
import type { Say } from './say.ts';

type Of<Kind extends ChangeEvent['kind']> = Extract<ChangeEvent, { readonly kind: Kind }>;
const mostFailures = 5;

export function tellRouted({ generator, why }: Of<'routed'>, say: Say): void {
  say.line(`${say.style('bold', 'Tries')}  ${generator}: ${why}`);
}

export function tellRetrieved({ pieces, tokens, without = [] }: Of<'retrieved'>, say: Say, all = false): void {
  for (const what of without) say.line(say.style('dim', `Looked up without ${what}`));
  if (pieces.length === 0) return;
  say.line(`${say.style('bold', 'Looked up')}  ${counted(pieces.length, 'piece')}, ${tokens} tokens`);
  const shown = all ? pieces : pieces.slice(0, 6);
  for (const piece of shown) say.line(say.style('dim', `  ${piece.source}  ${piece.why}, ${piece.tokens} tokens`));
  if (pieces.length > shown.length) say.line(say.style('dim', `  and ${pieces.length - shown.length} more`));
}

export function tellRepair({ attempt, failures }: Of<'repair'>, say: Say): void {
  say.line(`${say.style(['bold', 'yellow'], 'Written again')}  attempt ${attempt + 1}, since ${counted(failures.length, 'check')} failed`);
  for (const failure of failures.slice(0, mostFailures)) say.line(`  ${failure.length > 300 ? `${failure.slice(0, 299)}…` : failure}`);
  if (failures.length > mostFailures) say.line(say.style('dim', `  and ${failures.length - mostFailures} more`));
}

export function tellSpent({ spent }: Of<'spent'>, say: Say): void {
  const { phase, provider, model, tokens, usd } = spent;
  const used = tokens === null ? 'tokens unknown' : `${countText(tokens.input)} tokens in, ${countText(tokens.output)} out`;
  say.line(say.style('dim', `called ${provider} ${model} to ${phase}: ${used}, cost ${usd === null ? 'unknown' : dollars(usd)}`));
}

export function printSpending({ events, budget }: Pick<ChangeDetail, 'events' | 'budget'>, say: Say, each = false): void {
  const { total, lines } = spendingOf(events);
  if (total.calls === 0) return;
  const limit = budget === null ? '' : say.style('dim', ` of ${budgetText(budget)} that a change may spend`);
  say.line(`${say.style('bold', 'Models')}  ${moneyText(total)} (${tokensText(total)})${limit}`);
  if (!each) return;
  for (const line of lines)
    say.line(
      `  ${line.phase.padEnd(11)} ${`${line.provider} ${line.model}`.padEnd(28)} ${counted(line.calls, 'call')}, ${tokensText(line)}, ${moneyText(line)}`,
    );
}

/** Requests and answers before this one. */
export function printConversation({ conversation }: Pick<ChangeDetail, 'conversation'>, say: Say): void {
  if (conversation.length === 0) return;
  say.line(say.style('bold', 'Said before'));
  for (const { request, outcome, why, options } of conversation) {
    say.line(`  > ${request}`);
    say.line(say.style('dim', `    ${outcome ?? 'not answered'}${why === null ? '' : `: ${why}`}`));
    options.forEach(({ sentence }, index) => say.line(say.style('dim', `    ${index + 1}. ${sentence}`)));
  }
}

/** Examples that bind whoever writes: the asker's own first. */
export function printExamples({ stated, understanding }: Pick<ChangeDetail, 'stated' | 'understanding'>, say: Say): void {
  const own = new Set(stated.map(({ component, example }) => `${component} ${exampleName(example)}`));
  const understood = (understanding?.acceptance ?? []).filter(({ component, example }) => !own.has(`${component} ${exampleName(example)}`));
  if (stated.length + understood.length === 0) return;
  say.line(say.style('bold', 'Must hold'));
  for (const { component, example, hidden } of [...stated, ...understood]) {
    const mark = hidden ? say.style('yellow', ' (hidden from whoever writes)') : '';
    say.line(
      `  ${example === null ? 'an example that you may not read' : exampleName(example)}${mark}${say.style('dim', `  ${component}`)}`,
    );
    for (const { word, text } of exampleInWords(example)) say.line(say.style('dim', `    ${word.padEnd(5)} ${text}`));
  }
}
