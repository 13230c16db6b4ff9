/**
 * How often one may knock: a bucket of tokens a caller (Leaky bucket as a meter, ITU-T I.371). What it promises: memory is bounded
 * whoever knocks; what one has used up costs nobody else; a clock that is set back gives nothing and takes nothing.
 */
import { refuse, type Refusal } from '#kernel';

export interface Rate {
  readonly perSecond: number;
  /** What may come at once after a rest. */
  readonly burst: number;
}
export interface Buckets {
  /** Takes a token; answers 0, or the whole seconds after which there is one again. */
  take(who: string, rate: Rate): number;
  /** As `take`, and takes nothing. */
  wait(who: string, rate: Rate): number;
}
interface Bucket {
  tokens: number;
  at: number;
}

/** The one that was used longest ago goes first: by then it is most often full again, which is the same as none. */
export function openBuckets(clock: () => number, most = 10_000): Buckets {
  const buckets = new Map<string, Bucket>();
  const filled = (who: string, { perSecond, burst }: Rate): Bucket => {
    const now = clock();
    const known = buckets.get(who);
    if (known === undefined) return { tokens: burst, at: now };
    known.tokens = Math.min(burst, known.tokens + (Math.max(0, now - known.at) / 1_000) * perSecond);
    known.at = now;
    return known;
  };
  const missing = ({ tokens }: Bucket, { perSecond }: Rate): number => (tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond)));
  return {
    take(who, rate) {
      const bucket = filled(who, rate);
      const wait = missing(bucket, rate);
      if (wait === 0) bucket.tokens -= 1;
      buckets.delete(who);
      if (buckets.size >= most) for (const oldest of buckets.keys()) if (buckets.size >= most) buckets.delete(oldest);
      buckets.set(who, bucket);
      return wait;
    },
    wait: (who, rate) => missing(filled(who, rate), rate),
  };
}

export function tooMany(what: string, seconds: number): Refusal {
  return refuse('rate-limited', `${what} Nothing was done; try again in ${seconds} second${seconds === 1 ? '' : 's'}.`, { seconds });
}

/** One house has one bucket: an IPv6 address counts by its network of 64 bits (RFC 6177), an IPv4 one whole, mapped or not. */
export function houseOf(address: string | undefined): string {
  const text = (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  return text.includes(':') ? networkOf(text) : text;
}
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const first = head.split(':').filter((group) => group !== '');
  const last = (tail ?? '').split(':').filter((group) => group !== '');
  const groups = tail === undefined ? first : [...first, ...Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last];
  return groups.slice(0, 4).join(':');
}
