/** The tools, resources and prompts that the conformance suite of the Model Context Protocol looks for: served through our own door, in place of a system's. */
import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  type GetPromptResult,
  inputRequired,
  type InputRequiredResult,
  inputResponse,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server';

const image = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const sound = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA=';
const codec = createRequestStateCodec<{ readonly step: number }>({ key: new Uint8Array(32).fill(7) });

type Answer = CallToolResult | InputRequiredResult;
type Fixture = (ctx: ServerContext, given: { readonly [name: string]: unknown }) => Answer | Promise<Answer>;
const said = (text: string): CallToolResult => ({ content: [{ type: 'text', text }] });
type Wanted = ReturnType<typeof inputRequired.listRoots>;
const form = (message: string, name: string, type: 'string' | 'boolean' = 'string'): Wanted =>
  inputRequired.elicit({
    message,
    requestedSchema: { type: 'object', properties: { [name]: type === 'string' ? { type } : { type } }, required: [name] },
  });
const sample = (text: string): Wanted =>
  inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text } }], maxTokens: 100 });
const given = (ctx: ServerContext, key: string): boolean => inputResponse(ctx.mcpReq.inputResponses, key).kind !== 'missing';
const accepted = (ctx: ServerContext, key: string, name: string): string | undefined => {
  const view = inputResponse(ctx.mcpReq.inputResponses, key);
  const value = view.kind === 'elicit' ? view.content?.[name] : undefined;
  return value === undefined ? undefined : String(value);
};

/** `changed`: tells those who listen that the list of tools is another now. */
export function fixtures(changed: () => void): () => Server {
  const tools: { readonly [name: string]: Fixture } = {
    test_simple_text: () => said('A simple text.'),
    test_image_content: () => ({ content: [{ type: 'image', data: image, mimeType: 'image/png' }] }),
    test_audio_content: () => ({ content: [{ type: 'audio', data: sound, mimeType: 'audio/wav' }] }),
    test_embedded_resource: () => ({
      content: [{ type: 'resource', resource: { uri: 'test://embedded-resource', mimeType: 'text/plain', text: 'Embedded.' } }],
    }),
    test_multiple_content_types: () => ({
      content: [
        { type: 'text', text: 'Several kinds:' },
        { type: 'image', data: image, mimeType: 'image/png' },
        { type: 'resource', resource: { uri: 'test://mixed-content-resource', mimeType: 'application/json', text: '{"kind":"json"}' } },
      ],
    }),
    test_error_handling: () => ({ content: [{ type: 'text', text: 'This tool fails, as it should.' }], isError: true }),
    test_tool_with_logging: async (ctx) => {
      for (const line of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) await ctx.mcpReq.log('info', line);
      return said('Logged.');
    },
    test_logging_tool: async (ctx) => {
      await ctx.mcpReq.log('info', 'Only where it was wanted.');
      return said('Logged where it was wanted.');
    },
    test_tool_with_progress: async (ctx) => {
      const progressToken = ctx.mcpReq._meta?.progressToken;
      if (progressToken !== undefined)
        for (const progress of [0, 50, 100])
          await ctx.mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
      return said('Done.');
    },
    json_schema_2020_12_tool: () => said('Called.'),
    test_missing_capability: () => inputRequired({ inputRequests: { answer: sample('Something that needs sampling.') } }),
    test_streaming_elicitation: (ctx) =>
      given(ctx, 'answer') ? said('Answered.') : inputRequired({ inputRequests: { answer: form('Say something.', 'text') } }),
    test_trigger_tool_change: () => {
      changed();
      return said('The tools are others now.');
    },
    test_input_required_result_elicitation: (ctx) => {
      const name = accepted(ctx, 'user_name', 'name');
      return name === undefined
        ? inputRequired({ inputRequests: { user_name: form('What is your name?', 'name') } })
        : said(`Hello, ${name}!`);
    },
    test_input_required_result_sampling: (ctx) => {
      const view = inputResponse(ctx.mcpReq.inputResponses, 'capital_question');
      return view.kind === 'sampling'
        ? said(`The answer was ${JSON.stringify(view.result.content)}`)
        : inputRequired({ inputRequests: { capital_question: sample('What is the capital of France?') } });
    },
    test_input_required_result_list_roots: (ctx) => {
      const view = inputResponse(ctx.mcpReq.inputResponses, 'client_roots');
      return view.kind === 'roots'
        ? said(`Roots: ${view.roots.map((root) => root.uri).join(', ')}`)
        : inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
    },
    test_input_required_result_request_state: async (ctx) =>
      given(ctx, 'confirm') && (await stepOf(ctx)) === 1
        ? said('state-ok')
        : inputRequired({
            inputRequests: { confirm: form('Please confirm', 'ok', 'boolean') },
            requestState: await codec.mint({ step: 1 }, ctx),
          }),
    test_input_required_result_multiple_inputs: async (ctx) =>
      ['user_name', 'greeting', 'client_roots'].every((key) => given(ctx, key))
        ? said('All three came.')
        : inputRequired({
            inputRequests: {
              user_name: form('What is your name?', 'name'),
              greeting: sample('Generate a greeting'),
              client_roots: inputRequired.listRoots(),
            },
            requestState: await codec.mint({ step: 1 }, ctx),
          }),
    test_input_required_result_multi_round: async (ctx) => {
      const step = await stepOf(ctx);
      if (step === 2 && given(ctx, 'step2')) return said('All rounds are done.');
      return step === 1 && given(ctx, 'step1')
        ? inputRequired({
            inputRequests: { step2: form('Step 2: What is your favorite color?', 'color') },
            requestState: await codec.mint({ step: 2 }, ctx),
          })
        : inputRequired({
            inputRequests: { step1: form('Step 1: What is your name?', 'name') },
            requestState: await codec.mint({ step: 1 }, ctx),
          });
    },
    test_input_required_result_tampered_state: async (ctx) =>
      given(ctx, 'confirm') && (await stepOf(ctx)) === 1
        ? said('state-ok')
        : inputRequired({
            inputRequests: { confirm: form('Please confirm', 'ok', 'boolean') },
            requestState: await codec.mint({ step: 1 }, ctx),
          }),
    test_input_required_result_capabilities: (ctx) => {
      const envelope = (ctx.mcpReq.envelope ?? {}) as { readonly [name: string]: unknown };
      const declared = (envelope[CLIENT_CAPABILITIES_META_KEY] ?? {}) as { readonly [name: string]: unknown };
      return inputRequired({
        inputRequests: {
          ...(declared['sampling'] === undefined ? {} : { question: sample('What is the capital of France?') }),
          ...(declared['elicitation'] === undefined ? {} : { name: form('What is your name?', 'name') }),
        },
      });
    },
  };
  return () => serverOf(tools);
}

const stepOf = async (ctx: ServerContext): Promise<number | undefined> => ctx.mcpReq.requestState<{ readonly step: number }>()?.step;

const schema2020 = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object' as const,
  $defs: { address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
  properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
  additionalProperties: false,
};
const resources = [
  { uri: 'test://static-text', name: 'static-text', mimeType: 'text/plain' },
  { uri: 'test://static-binary', name: 'static-binary', mimeType: 'image/png' },
];
const argument = (name: string): { readonly name: string; readonly description: string; readonly required: boolean } => ({
  name,
  description: name,
  required: true,
});
const prompts = [
  { name: 'test_simple_prompt' },
  { name: 'test_prompt_with_arguments', arguments: [argument('arg1'), argument('arg2')] },
  { name: 'test_prompt_with_embedded_resource', arguments: [argument('resourceUri')] },
  { name: 'test_prompt_with_image' },
  { name: 'test_input_required_result_prompt' },
];
const user = (content: GetPromptResult['messages'][number]['content']): GetPromptResult['messages'][number] => ({ role: 'user', content });

function serverOf(tools: { readonly [name: string]: Fixture }): Server {
  const server = new Server(
    { name: 'fixtures', version: '1' },
    {
      capabilities: { tools: { listChanged: true }, prompts: {}, resources: { subscribe: true }, logging: {}, completions: {} },
      requestState: { verify: codec.verify },
    },
  );
  server.setRequestHandler('tools/list', () => ({
    tools: Object.keys(tools).map((name) => ({
      name,
      description: `${name}, for the conformance suite`,
      inputSchema: name.startsWith('json_schema') ? schema2020 : { type: 'object' as const, properties: {} },
    })),
  }));
  server.setRequestHandler('tools/call', async ({ params }, ctx) => {
    const tool = tools[params.name];
    if (tool === undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool ${params.name}.`);
    return tool(ctx, params.arguments ?? {});
  });
  server.setRequestHandler('resources/list', () => ({ resources }));
  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [{ uriTemplate: 'test://template/{id}/data', name: 'template', mimeType: 'application/json' }],
  }));
  server.setRequestHandler('resources/read', ({ params: { uri } }) => {
    const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
    if (id !== undefined)
      return {
        contents: [{ uri, mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }) }],
      };
    if (uri === 'test://static-text') return { contents: [{ uri, mimeType: 'text/plain', text: 'A static text.' }] };
    if (uri === 'test://static-binary') return { contents: [{ uri, mimeType: 'image/png', blob: image }] };
    throw new ResourceNotFoundError(uri);
  });
  server.setRequestHandler('resources/subscribe', () => ({}));
  server.setRequestHandler('resources/unsubscribe', () => ({}));
  server.setRequestHandler('prompts/list', () => ({
    prompts: prompts.map((prompt) => ({ description: `${prompt.name}, for the conformance suite`, ...prompt })),
  }));
  server.setRequestHandler('prompts/get', ({ params }, ctx) => {
    const { arg1, arg2, resourceUri } = params.arguments ?? {};
    switch (params.name) {
      case 'test_simple_prompt':
        return { messages: [user({ type: 'text', text: 'A simple prompt.' })] };
      case 'test_prompt_with_arguments':
        return { messages: [user({ type: 'text', text: `Prompt with arguments: arg1='${arg1 ?? ''}', arg2='${arg2 ?? ''}'` })] };
      case 'test_prompt_with_embedded_resource':
        return {
          messages: [
            user({ type: 'resource', resource: { uri: resourceUri ?? '', mimeType: 'text/plain', text: 'Embedded.' } }),
            user({ type: 'text', text: 'Look at the resource above.' }),
          ],
        };
      case 'test_prompt_with_image':
        return {
          messages: [user({ type: 'image', data: image, mimeType: 'image/png' }), user({ type: 'text', text: 'Look at the image above.' })],
        };
      case 'test_input_required_result_prompt': {
        const context = accepted(ctx, 'user_context', 'context');
        return context === undefined
          ? inputRequired({ inputRequests: { user_context: form('What context should the prompt use?', 'context') } })
          : { messages: [user({ type: 'text', text: `In the context of ${context}` })] };
      }
      default:
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no prompt ${params.name}.`);
    }
  });
  server.setRequestHandler('completion/complete', () => ({ completion: { values: [], total: 0, hasMore: false } }));
  return server;
}
