/** The program itself on the phone: kept by the service worker, renewed when its user says so. */

/**
 * Keeps the page on the phone.
 * @param scope public address of the diary
 * @param offer called with a newer program that waits
 */
export async function keepProgram(scope: string, offer: (waiting: ServiceWorker) => void): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register('/service-worker.js', {
    scope,
    type: 'module',
  });
  const look = () => {
    if (registration.waiting && registration.active) offer(registration.waiting);
  };
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
  });
  look();
}

/** Takes the newer program: drafts are on the disk already. */
export function renew(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage('take-over');
}
