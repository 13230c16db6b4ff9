/**
 * An endpoint that answers whole where a stream was asked for: its one object is told as a stream of one part, so that the same checks hold.
 * Some servers of the OpenAI kind know no streams.
 */
interface Completion {
  readonly id?: string;
  readonly model?: string;
  readonly created?: number;
  readonly choices?: readonly { readonly message?: object; readonly finish_reason?: string }[];
  readonly usage?: object;
  readonly error?: object;
}

export function asStream(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!response.ok || !/^application\/json\b/.test(response.headers.get('content-type') ?? '')) return response;
    const text = await response.text();
    const headers = new Headers(response.headers);
    headers.delete('content-length');
    headers.set('content-type', 'text/event-stream');
    return new Response(eventsOf(text), { status: response.status, headers });
  };
}

function eventsOf(text: string): string {
  let whole: Completion;
  try {
    whole = JSON.parse(text) as Completion;
  } catch (cause) {
    if (cause instanceof SyntaxError) return text;
    throw cause;
  }
  const { id = 'whole', model = '', created = 0, choices = [], usage, error } = whole;
  const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;
  if (error !== undefined) return event({ error });
  const chunk = (more: object): string => event({ id, model, created, object: 'chat.completion.chunk', ...more });
  const parts = choices
    .slice(0, 1)
    .map(({ message = {}, finish_reason: reason = null }) => chunk({ choices: [{ index: 0, delta: message, finish_reason: reason }] }));
  return [...parts, ...(usage === undefined ? [] : [chunk({ choices: [], usage })]), 'data: [DONE]\n\n'].join('');
}
