import type { Link } from '#ui/types.ts';

declare global {
  namespace App {
    interface PageData {
      /** Where a staff page stands, from its room to itself; shown over the page. */
      crumbs?: Link[];
    }
  }
}
