using System;
using System.Collections.Generic;

namespace NanoComm.Keys
{
    /// <summary>Long lists, a page at a time: what is read of them takes no more memory than a page, and nobody waits while
    /// who reads them is slow.</summary>
    internal static class Paging
    {
        /// <summary>All rows, or as many as are wanted.</summary>
        /// <param name="limit">How many at most; null for all.</param>
        /// <param name="after">The place behind which to begin; null for the start.</param>
        /// <param name="page">Rows of a page.</param>
        /// <param name="read">Reads at most so many rows behind a place.</param>
        /// <param name="placeOf">A row's place.</param>
        public static IEnumerable<T> All<T, TPlace>(int? limit, TPlace after, int page, Func<TPlace, int, List<T>> read,
            Func<T, TPlace> placeOf)
        {
            int left = limit ?? int.MaxValue;
            int wanted;
            List<T> rows;
            do
            {
                wanted = Math.Min(left, page);
                rows = read(after, wanted);
                foreach (T row in rows)
                {
                    yield return row;
                }

                left -= limit is null ? 0 : rows.Count;
                after = rows.Count == 0 ? after : placeOf(rows[^1]);
            }
            while (left > 0 && rows.Count == wanted);
        }
    }
}
