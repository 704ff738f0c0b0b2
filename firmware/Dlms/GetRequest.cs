namespace NanoComm.Dlms
{
    /// <summary>Writes GET requests (IEC 62056-5-3, Get-Request).</summary>
    public static class GetRequest
    {
        private const byte Normal = 1;
        private const byte Next = 2;
        private const byte WithList = 3;

        /// <summary>Asks for one attribute.</summary>
        /// <param name="writer">Opened.</param>
        /// <param name="invokeId">0…15.</param>
        /// <param name="item">The attribute.</param>
        public static void WriteNormal(ApduWriter writer, int invokeId, GetItem item)
        {
            WriteHead(writer, Normal, invokeId);
            item.Write(writer);
        }

        /// <summary>Asks for the next block.</summary>
        /// <param name="writer">Opened.</param>
        /// <param name="invokeId">0…15, as in the request that is being answered.</param>
        /// <param name="block">Number of the block received last.</param>
        public static void WriteNext(ApduWriter writer, int invokeId, uint block)
        {
            WriteHead(writer, Next, invokeId);
            writer.WriteU32(block);
        }

        /// <summary>Asks for several attributes.</summary>
        /// <param name="writer">Opened.</param>
        /// <param name="invokeId">0…15.</param>
        /// <param name="items">The attributes.</param>
        public static void WriteList(ApduWriter writer, int invokeId, GetItem[] items)
        {
            WriteHead(writer, WithList, invokeId);
            writer.WriteLength(items.Length);
            for (int i = 0; i < items.Length; i++)
            {
                items[i].Write(writer);
            }
        }

        private static void WriteHead(ApduWriter writer, byte kind, int invokeId)
        {
            writer.WriteU8(ApduTag.GetRequest);
            writer.WriteU8(kind);
            writer.WriteU8(InvokeId.Write(invokeId));
        }
    }
}
