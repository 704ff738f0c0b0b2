namespace NanoComm.Dlms
{
    /// <summary>Reads ACTION responses (IEC 62056-5-3, Action-Response-Normal).</summary>
    public static class ActionResponse
    {
        private const byte Normal = 1;
        private const byte Absent = 0;
        private const byte Present = 1;
        private const byte Data = 0;
        private const byte AccessResult = 1;

        /// <summary>Reads a response.</summary>
        /// <param name="reader">Behind its tag.</param>
        /// <param name="invokeId">Number of the request.</param>
        /// <param name="code">What the server refused with.</param>
        /// <param name="offset">Offset of the returned data.</param>
        /// <param name="length">Its length in bytes; 0 when nothing was returned.</param>
        /// <returns><see cref="DlmsDetail.None"/> for success, or what is wrong.</returns>
        public static DlmsDetail Read(ApduReader reader, int invokeId, out int code, out int offset, out int length)
        {
            offset = 0;
            length = 0;
            int access = 0;
            reader.Expect(Normal);
            int invoke = reader.ReadU8();
            code = reader.ReadU8();
            if (reader.Peek() != Present)
            {
                reader.Expect(Absent);
            }
            else
            {
                reader.Take(1);
                if (reader.Peek() == AccessResult)
                {
                    reader.Take(1);
                    access = reader.ReadU8();
                }
                else
                {
                    reader.Expect(Data);
                    offset = reader.Position;
                    length = reader.SkipData();
                }
            }

            if (!reader.IsAtEnd)
            {
                return DlmsDetail.Malformed;
            }

            if (!InvokeId.Matches(invoke, invokeId))
            {
                return DlmsDetail.Mismatch;
            }

            if (code != 0)
            {
                return DlmsDetail.ActionResult;
            }

            code = access;
            return access == 0 ? DlmsDetail.None : DlmsDetail.DataAccessResult;
        }

        /// <summary>Whether the server refused, rather than answered something else.</summary>
        /// <param name="detail">What <see cref="Read"/> returned.</param>
        public static bool IsRefusal(DlmsDetail detail)
        {
            return detail == DlmsDetail.ActionResult || detail == DlmsDetail.DataAccessResult;
        }
    }
}
