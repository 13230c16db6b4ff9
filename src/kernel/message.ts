/** The messages between the machine and a host: one JSON text each, sizes and depths capped before parsing. */
import type { Json } from './json.ts';

export type ToHost =
  /** Hands over a compiled component, for an isolate of its own. `code` is JavaScript that defines the component's body; `prepare`: make the isolate now, not at the first call. */
  | {
      readonly kind: 'load';
      readonly component: string;
      readonly digest: string;
      readonly code: string;
      readonly memoryMb: number;
      readonly prepare: boolean;
    }
  | { readonly kind: 'unload'; readonly digest: string }
  | {
      readonly kind: 'call';
      readonly call: number;
      readonly digest: string;
      readonly input: Json;
      readonly now: number;
      readonly seed: string;
      readonly wallMs: number;
      readonly capabilityCalls: number;
      readonly bytes: number;
    }
  | {
      readonly kind: 'answer';
      readonly call: number;
      readonly ask: number;
      readonly value?: Json;
      readonly refusal?: { readonly code: string; readonly why: string; readonly evidence?: Json };
    }
  | { readonly kind: 'cancel'; readonly call: number }
  | { readonly kind: 'ping'; readonly beat: number };

export type FromHost =
  | { readonly kind: 'ready' }
  | { readonly kind: 'loaded'; readonly digest: string }
  | { readonly kind: 'load-failed'; readonly digest: string; readonly message: string }
  /**
   * The component asks for a capability: `order.update`, `emit`, `log`. `soon`: nobody waits for the answer, and nothing behind it is done once it is
   * refused. `ends`: its answer is the result of the call.
   */
  | {
      readonly kind: 'ask';
      readonly call: number;
      readonly ask: number;
      readonly capability: string;
      readonly input: Json;
      readonly way?: 'soon' | 'ends';
    }
  | { readonly kind: 'result'; readonly call: number; readonly value: Json }
  /** `refused`: the component said no (`refuse(code, why)`). `failed`: it threw. Plain data, place source-mapped by the machine. */
  | { readonly kind: 'refused'; readonly call: number; readonly code: string; readonly why: string; readonly evidence?: Json }
  | { readonly kind: 'failed'; readonly call: number; readonly message: string; readonly line?: number; readonly column?: number }
  /** The call shared an isolate with one that was stopped; nothing is known against it. */
  | { readonly kind: 'lost'; readonly call: number }
  /** The call was let go at the machine's wish; its isolate still answers. */
  | { readonly kind: 'cancelled'; readonly call: number }
  /** The call is at work in an isolate that no longer obeys: only the end of the process stops it. */
  | { readonly kind: 'stuck'; readonly call: number }
  | { readonly kind: 'pong'; readonly beat: number };
