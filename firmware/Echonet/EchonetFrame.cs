using NanoComm.Bytes;

namespace NanoComm.Echonet
{
    /// <summary>
    /// The ECHONET Lite frame, format 1 (ECHONET Lite specification part II, chapter 3):
    /// EHD 1081 | TID u16 | SEOJ 3 | DEOJ 3 | ESV | OPC | OPC × (EPC, PDC, EDT[PDC]). SetGet (6E, 7E, 5E) carries a
    /// second OPC and list.
    /// </summary>
    public static class EchonetFrame
    {
        /// <summary>Longest UDP payload on the B route, in bytes (IPv6 minimum MTU 1,280 less its headers).</summary>
        public const int MaxLength = 1232;

        /// <summary>Offset of the transaction id.</summary>
        public const int TidOffset = 2;

        /// <summary>Offset of the source object.</summary>
        public const int SeojOffset = 4;

        /// <summary>Offset of the destination object.</summary>
        public const int DeojOffset = 7;

        /// <summary>Offset of the service.</summary>
        public const int EsvOffset = 10;

        /// <summary>Offset of the first number of properties.</summary>
        public const int OpcOffset = 11;

        /// <summary>Offset of the first property.</summary>
        public const int PropertiesOffset = 12;

        /// <summary>Bytes of a property in front of its value: EPC and PDC.</summary>
        public const int PropertyHeader = 2;

        /// <summary>EHD1 of ECHONET Lite.</summary>
        public const byte Ehd1 = 0x10;

        /// <summary>EHD2 of format 1.</summary>
        public const byte Ehd2Format1 = 0x81;

        /// <summary>EHD2 of format 2, the arbitrary message format.</summary>
        public const byte Ehd2Format2 = 0x82;

        private const int MinLength = PropertiesOffset + PropertyHeader;

        /// <summary>Looks whether a frame is whole and well formed.</summary>
        /// <param name="frame">Holds the frame from index 0.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns><see cref="DropReason.None"/>, or what is wrong with its form.</returns>
        public static DropReason Check(byte[] frame, int length)
        {
            if (length < 2)
            {
                return DropReason.TooShort;
            }

            if (frame[0] != Ehd1 || frame[1] != Ehd2Format1)
            {
                return frame[0] == Ehd1 && frame[1] == Ehd2Format2
                    ? DropReason.ArbitraryFormat
                    : DropReason.NotEchonetLite;
            }

            if (length < MinLength)
            {
                return DropReason.TooShort;
            }

            if (length > MaxLength)
            {
                return DropReason.TooLong;
            }

            byte esv = frame[EsvOffset];
            if (!IsKnown(esv))
            {
                return DropReason.UnknownService;
            }

            DropReason reason = CheckList(frame, length, OpcOffset, out int end);
            if (reason == DropReason.None && IsSetGet(esv))
            {
                reason = CheckList(frame, length, end, out end);
            }

            return reason != DropReason.None ? reason
                : end < length ? DropReason.TrailingBytes
                : DropReason.None;
        }

        /// <summary>Writes EHD, TID, SEOJ, DEOJ and ESV.</summary>
        /// <param name="buffer">Takes the 11 bytes, from index 0.</param>
        /// <param name="tidHigh">High byte of the transaction id.</param>
        /// <param name="tidLow">Low byte of the transaction id.</param>
        /// <param name="seoj">Source object.</param>
        /// <param name="deoj">Destination object.</param>
        /// <param name="esv">Service.</param>
        public static void WriteHeader(byte[] buffer, byte tidHigh, byte tidLow, int seoj, int deoj, byte esv)
        {
            buffer[0] = Ehd1;
            buffer[1] = Ehd2Format1;
            buffer[TidOffset] = tidHigh;
            buffer[TidOffset + 1] = tidLow;
            BigEndian.WriteU24(buffer, SeojOffset, seoj);
            BigEndian.WriteU24(buffer, DeojOffset, deoj);
            buffer[EsvOffset] = esv;
        }

        private static bool IsKnown(byte esv)
        {
            switch (esv)
            {
                case Esv.SetI:
                case Esv.SetC:
                case Esv.Get:
                case Esv.InfReq:
                case Esv.SetGet:
                case Esv.SetISna:
                case Esv.SetCSna:
                case Esv.GetSna:
                case Esv.InfSna:
                case Esv.SetGetSna:
                case Esv.SetRes:
                case Esv.GetRes:
                case Esv.Inf:
                case Esv.InfC:
                case Esv.InfCRes:
                case Esv.SetGetRes:
                    return true;
                default:
                    return false;
            }
        }

        private static bool IsSetGet(byte esv)
        {
            return esv == Esv.SetGet || esv == Esv.SetGetRes || esv == Esv.SetGetSna;
        }

        private static DropReason CheckList(byte[] frame, int length, int offset, out int end)
        {
            end = offset;
            if (offset >= length)
            {
                return DropReason.TruncatedProperty;
            }

            int count = frame[offset];
            end = offset + 1;
            if (count == 0)
            {
                return DropReason.NoProperties;
            }

            for (int i = 0; i < count; i++)
            {
                if (end + 2 > length || end + 2 + frame[end + 1] > length)
                {
                    return DropReason.TruncatedProperty;
                }

                end += 2 + frame[end + 1];
            }

            return DropReason.None;
        }
    }
}
