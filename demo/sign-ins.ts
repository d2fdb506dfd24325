/** What the terminal says after the demo commune is served. */
export function demoSignIns(port: number): string {
  return [
    `  Xã mẫu (demo): http://localhost:${port}   Xã bên (neighbour): http://phu-do.localhost:${port}`,
  ].join('\n');
}
