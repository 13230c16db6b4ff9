/** Hosts outside: one request, answered or refused. Who may ask whom is decided before; where a name leads is decided here. */
import type { Credential, FetchMethod, Json, Refusal } from '#kernel';

export interface OutsideRequest {
  readonly url: string;
  readonly method: FetchMethod;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | null;
  /** Hosts that an answer may lead on to, and for which of them private addresses and http are allowed. */
  readonly hosts: readonly string[];
  readonly privateHosts: readonly string[];
  /** What the host of `url` is told of who we are: by the name of a secret, whose value no caller of this has. */
  readonly credential?: Credential;
  /** Milliseconds for all of it, redirects included. */
  readonly wallMs: number;
  /** Bytes of the answer. */
  readonly bytes: number;
}
export interface OutsideAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Json;
}
export interface Outside {
  send(request: OutsideRequest): Promise<OutsideAnswer | Refusal>;
}
