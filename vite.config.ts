import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

/** The one inline style that hydration sets (the route announcer); found by Chromium's CSP report. */
const ROUTE_ANNOUNCER_STYLE = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ out: 'build' }),
      files: {
        routes: 'src/domains',
        appTemplate: 'src/app/app.html',
        errorTemplate: 'src/app/error.html',
        serviceWorker: 'src/domains/farming/phone/service-worker',
        hooks: { server: 'src/app/hooks.server', universal: 'src/app/hooks' },
      },
      // Hydrated pages are few and lead to none of each other: none of them carries the site's map.
      router: { resolution: 'server' },
      // Only the diary keeps itself on the phone; it registers by itself, for its own address.
      serviceWorker: { register: false },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-attr': ['unsafe-hashes', ROUTE_ANNOUNCER_STYLE],
          'img-src': ['self', 'data:'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
});
