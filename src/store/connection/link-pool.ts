/**
 * The connections of one database login. Writers take one alone; readers share, short reads apart from lists, so that no row by
 * its id waits behind a sort. Reads gather: one waking up of one server process then answers many. Promises: a broken or worn-out
 * connection is replaced; who waits for one waits no longer than its own deadline.
 */
import { Fault } from '#kernel';
import { Link } from './link.ts';

interface Waiting {
  readonly give: (link: Link) => void;
  readonly fail: (cause: unknown) => void;
}

/** `short`: a row by its id, a look-up. `long`: whatever may take its time. */
export type SharedUse = 'short' | 'long';
export type LinkUse = SharedUse | 'alone';

/** So many reads wait on one connection before the next one is used. */
const GATHERED = { short: 8, long: 4 } as const;
/** A statement that has held up its connection for longer, in milliseconds, gets no company: it may take its time. */
const LONGEST_COMPANY = 2;

export class LinkPool {
  readonly #url: (use: LinkUse) => string;
  readonly #name: string;
  readonly #size: number;
  readonly #free: Link[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #shared: { readonly [Use in SharedUse]: (Link | Promise<Link> | undefined)[] };
  #open = 0;
  #closed = false;

  constructor(options: {
    readonly url: (use: LinkUse) => string;
    readonly name: string;
    readonly size: number;
    readonly shared: { readonly [Use in SharedUse]: number };
  }) {
    this.#url = options.url;
    this.#name = options.name;
    this.#size = options.size;
    this.#shared = {
      short: Array.from({ length: options.shared.short }, () => undefined),
      long: Array.from({ length: options.shared.long }, () => undefined),
    };
  }

  /** A connection for one transaction. `undefined` when none was free before `deadline` (ms since 1970). */
  async take(deadline: number): Promise<Link | undefined> {
    if (this.#closed) throw new Fault('database-unavailable', 'The store is closed.');
    for (let link = this.#free.pop(); link !== undefined; link = this.#free.pop()) {
      if (!link.spent) return link;
      this.#drop(link);
    }
    if (this.#open < this.#size) return this.#make();
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        give: (link) => {
          clearTimeout(timer);
          resolve(link);
        },
        fail: (cause) => {
          clearTimeout(timer);
          reject(cause);
        },
      };
      const timer = setTimeout(
        () => {
          this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
          resolve(undefined);
        },
        Math.max(0, deadline - Date.now()),
      );
      this.#waiting.push(waiting);
    });
  }

  give(link: Link): void {
    if (this.#closed || link.spent) {
      this.#drop(link);
      const waiting = this.#closed ? undefined : this.#waiting.shift();
      if (waiting !== undefined) this.#make().then(waiting.give, waiting.fail);
      return;
    }
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#free.push(link);
    else waiting.give(link);
  }

  /** A connection that many readers use at once. Only for single statements outside of transactions. */
  share(use: SharedUse): Link | Promise<Link> {
    const links = this.#shared[use];
    for (const link of links) {
      if (!(link instanceof Link) || link.spent) break;
      if (link.waiting < GATHERED[use] && (use === 'short' || link.heldUp < LONGEST_COMPANY)) return link;
    }
    let best: Link | undefined;
    let hole = -1;
    for (const [index, link] of links.entries()) {
      if (link instanceof Link && !link.spent) {
        if (best === undefined || link.waiting < best.waiting) best = link;
      } else if (!(link instanceof Promise)) hole = index;
    }
    if (best !== undefined && (best.waiting === 0 || hole < 0)) return best;
    return this.#shareNew(use, links, hole);
  }

  /** Opens the first shared connection of each use, so that rows can be read on a disk that has become too full to open one. */
  openAhead(): void {
    for (const use of ['short', 'long'] as const)
      if (this.#shared[use].length > 0) this.#shareNew(use, this.#shared[use], 0).catch(() => undefined);
  }

  /** One more, or where none can be opened one of those that are. */
  async #shareNew(use: SharedUse, links: (Link | Promise<Link> | undefined)[], hole: number): Promise<Link> {
    if (hole < 0) {
      const coming = links.find((link) => link instanceof Promise);
      if (coming === undefined) throw new Fault('bug', 'A pool without shared connections was asked for one.');
      return coming;
    }
    const old = links[hole];
    if (old instanceof Link) void old.close();
    const made = Link.open(this.#url(use), this.#name, use === 'short' ? 'gathered' : 'each');
    links[hole] = made;
    try {
      const link = await made;
      links[hole] = link;
      return link;
    } catch (cause) {
      links[hole] = undefined;
      const open = links.find((link) => link instanceof Link && !link.spent);
      if (open === undefined) throw cause;
      return open;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#waiting.splice(0)) waiting.fail(new Fault('database-unavailable', 'The store is closed.'));
    const shared = await Promise.all(
      [...this.#shared.short, ...this.#shared.long].map((link) => Promise.resolve(link).catch(() => undefined)),
    );
    await Promise.all([...this.#free.splice(0), ...shared].map((link) => link?.close()));
  }

  async #make(): Promise<Link> {
    this.#open += 1;
    try {
      return await Link.open(this.#url('alone'), this.#name);
    } catch (cause) {
      this.#open -= 1;
      throw cause;
    }
  }

  #drop(link: Link): void {
    this.#open -= 1;
    void link.close();
  }
}
