/** Whole lives of dossiers over the API: file, receive, assign, decide, return, look up. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { BENCH_OFFICIAL, BENCH_PROCEDURE } from './load.ts';

export type Lives = { perSecond: number; p95: number; codes: string[] };

type Call = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

/** Lives one after another on each of `lanes` connections. @throws Error on any answer that is not 2xx */
export async function lifecycles(base: string, key: string, seconds: number, lanes: number): Promise<Lives> {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const call = caller(base, key, agent);
  const until = performance.now() + seconds * 1000;
  const took: number[] = [];
  const codes: string[] = [];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (performance.now() < until) {
        const begun = performance.now();
        codes.push(await live(call));
        took.push(performance.now() - begun);
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  agent.destroy();
  took.sort((a, b) => a - b);
  return { perSecond: took.length / elapsed, p95: took[Math.floor(took.length * 0.95)] ?? 0, codes };
}

async function live(call: Call): Promise<string> {
  const filed = await call('POST', '/dossiers', {
    procedure: BENCH_PROCEDURE,
    answers: { full_name: 'Nguyễn Thị Thử Nghiệm' },
    applicant: { name: 'Nguyễn Thị Thử Nghiệm', phone: '+84900000000' },
    papers: { card: 'electronic' },
    client_id: randomUUID(),
  });
  const act = (kind: string, data: unknown) =>
    call('POST', `/dossiers/${filed.id}/actions`, { kind, data, client_id: randomUUID() });
  await act('receive', {});
  await act('assign', { to: BENCH_OFFICIAL });
  await act('decide', { outcome: 'granted', medium: 'paper', signerName: 'Chủ tịch' });
  await act('return', { way: 'counter' });
  await call('GET', `/track?code=${filed.tracking_code}`);
  return String(filed.tracking_code);
}

function caller(base: string, key: string, agent: Agent): Call {
  return (method, path, body) =>
    new Promise((done, fail) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const sent = request(`${base}/api/v1${path}`, { method, headers, agent }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if ((answer.statusCode ?? 500) >= 300)
            fail(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
          else done(JSON.parse(text) as Record<string, unknown>);
        });
      });
      sent.on('error', fail);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
}
