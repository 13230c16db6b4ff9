/** What one run of a model's generator works with, read once from its context. */
import type { SystemReading } from '#model';
import type { CodeInspector, CodeReader, GeneratorContext, LanguageModel } from '#ports';

export interface ModelGeneratorOptions {
  readonly model: LanguageModel;
  /** Gives permanent ids to what is new, in the process that parses. */
  readonly reader: Pick<CodeInspector, 'complete'> & Pick<CodeReader, 'regions'>;
  readonly name?: string;
  /** Of the acceptance examples, the share that is not shown to whoever writes the code. */
  readonly hiddenShare?: number;
  /** Candidates written side by side. */
  readonly candidates?: number;
  /** How often a candidate that the gates refused is written again at most. */
  readonly repairs?: number;
}
export interface Work {
  readonly model: LanguageModel;
  readonly reader: ModelGeneratorOptions['reader'];
  readonly generator: string;
  readonly reading: Extract<SystemReading, { ok: true }>;
  readonly context: GeneratorContext;
  readonly hiddenShare: number;
  readonly signal: AbortSignal;
  /** What every prompt says of the system. */
  readonly facts: { readonly today: string; readonly currency: string; readonly timeZone: string; readonly roles: string };
}

export function workOf(options: ModelGeneratorOptions, name: string, context: GeneratorContext): Work {
  const reading = context.reading as unknown as SystemReading;
  if (!reading.ok) throw new TypeError('the base of a change does not read');
  const { settings } = reading;
  return {
    model: options.model,
    reader: options.reader,
    generator: name,
    reading,
    context,
    hiddenShare: options.hiddenShare ?? 0.3,
    signal: context.aid?.signal ?? new AbortController().signal,
    facts: {
      today: context.today,
      currency: settings.currency.code,
      timeZone: settings.timeZone,
      roles: settings.roles.map(({ name: role }) => role).join(', '),
    },
  };
}
