using System.Collections.Generic;

namespace NanoComm.Tool
{
    /// <summary>Rows that a file has and rows that a meter gave, as one.</summary>
    internal static class RowMerge
    {
        /// <summary>Merges them as they come.</summary>
        /// <param name="kept">The file's, in order.</param>
        /// <param name="read">The meter's, in order.</param>
        /// <returns>All, in order; of a row that both have the meter's, unless that has no data and the file's has.</returns>
        public static IEnumerable<MeterRow> Of(IEnumerable<MeterRow> kept, IEnumerable<MeterRow> read)
        {
            using IEnumerator<MeterRow> old = kept.GetEnumerator();
            bool isOld = old.MoveNext();
            foreach (MeterRow row in read)
            {
                while (isOld && MeterRow.Order.Compare(old.Current, row) < 0)
                {
                    yield return old.Current;
                    isOld = old.MoveNext();
                }

                if (!isOld || MeterRow.Order.Compare(old.Current, row) != 0)
                {
                    yield return row;
                    continue;
                }

                yield return row.Register == null ? old.Current : row;
                isOld = old.MoveNext();
            }

            while (isOld)
            {
                yield return old.Current;
                isOld = old.MoveNext();
            }
        }
    }
}
