using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CsvHelper;
using NanoComm.Hal.Host;

namespace NanoComm.Keys
{
    /// <summary>What a line reports to the key office: rows of a table that anybody may read, and nobody alter unseen.</summary>
    public static class FactoryReport
    {
        private const string Title = "title";
        private const string Written = "written";
        private const string Place = "place";
        private const string Lot = "lot";
        private const string Proof = "proof";
        private const string Form = "yyyy-MM-dd'T'HH:mm:ss'Z'";

        /// <summary>Writes one.</summary>
        /// <param name="path">A file, which is replaced where it is there.</param>
        /// <param name="lot">The lot's id, 16 bytes.</param>
        /// <param name="written">What was written.</param>
        /// <returns>How many rows it has.</returns>
        /// <exception cref="IOException">It could not be written.</exception>
        public static int Write(string path, ReadOnlySpan<byte> lot, IEnumerable<FactoryEvent> written)
        {
            string id = Convert.ToHexString(lot);
            int count = 0;
            string unfinished = DurableFile.NameUnfinished(path);
            try
            {
                using (FileStream file = OwnerOnly.Create(unfinished))
                {
                    using (CsvWriter csv = CsvWriter.Create(file, new CsvWriterOptions(), leaveOpen: true))
                    {
                        Row(csv, Title, Written, Place, Lot, Proof);
                        foreach (FactoryEvent each in written)
                        {
                            Row(csv, each.Title.ToString(), each.At.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture), each.Place, id,
                                Convert.ToHexString(each.Proof.Span));
                            count++;
                        }
                    }

                    file.Flush(flushToDisk: true);
                }

                File.Move(unfinished, path, overwrite: true);
                return count;
            }
            finally
            {
                File.Delete(unfinished);
            }
        }

        /// <summary>Reads one.</summary>
        /// <param name="path">The file.</param>
        /// <param name="fault">Told of every row that is none.</param>
        /// <exception cref="IOException">It cannot be read.</exception>
        /// <exception cref="InvalidDataException">It is none.</exception>
        public static IEnumerable<(int Line, FactoryWriting Writing)> Read(string path, Action<BatchError> fault)
        {
            using RowFile file = RowFile.Open(path, [Title, Written, Place, Lot, Proof], []);
            while (file.Read())
            {
                if (Parse(file) is FactoryWriting writing)
                {
                    yield return (file.Line, writing);
                }
                else
                {
                    fault(new BatchError(file.Line, 0, "this is no row of a factory's report: it was altered"));
                }
            }

            file.Faults.ForEach(fault);
        }

        private static void Row(CsvWriter csv, params string[] cells)
        {
            foreach (string cell in cells)
            {
                csv.WriteField(cell);
            }

            csv.EndRecord();
        }

        private static FactoryWriting Parse(RowFile file)
        {
            try
            {
                DateTimeOffset time = DateTimeOffset.ParseExact(file[Written], Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
                byte[] lot = Convert.FromHexString(file[Lot]);
                byte[] proof = Convert.FromHexString(file[Proof]);
                bool isOne = lot.Length == FactoryLotForm.IdLength && proof.Length == FactoryProof.Length && time > UtilityTime.ToTime(0)
                    && time < UtilityTime.Last;
                return isOne ? new FactoryWriting(SystemTitle.Parse(file[Title]), UtilityTime.FromTime(time), file[Place], lot, proof) : null;
            }
            catch (FormatException)
            {
                return null;
            }
        }
    }
}
