namespace NanoComm.Dlms
{
    /// <summary>The xDLMS InitiateRequest and InitiateResponse (IEC 62056-5-3, 7.3.1 and clause 8).</summary>
    public static class Initiate
    {
        /// <summary>Bytes of our request.</summary>
        public const int RequestLength = 14;

        private const int Version = 6;
        private const int ConformanceTag1 = 0x5F;
        private const int ConformanceTag2 = 0x1F;
        private const int ConformanceLength = 4;
        private const int VaaNameOfLn = 0x0007;
        private const int MinPdu = 12;

        /// <summary>Writes the request, without dedicated key, response allowed, no quality of service.</summary>
        /// <param name="writer">Takes <see cref="RequestLength"/> bytes.</param>
        /// <param name="maxResponse">Longest APDU that we can receive, in bytes.</param>
        public static void WriteRequest(ApduWriter writer, int maxResponse)
        {
            writer.WriteU8(ApduTag.InitiateRequest);
            writer.WriteU8(0);
            writer.WriteU8(0);
            writer.WriteU8(0);
            writer.WriteU8(Version);
            writer.WriteU8(ConformanceTag1);
            writer.WriteU8(ConformanceTag2);
            writer.WriteU8(ConformanceLength);
            writer.WriteU8(0);
            writer.WriteU8(Conformance.Proposed >> 16);
            writer.WriteU16(Conformance.Proposed);
            writer.WriteU16(maxResponse);
        }

        /// <summary>Reads the response.</summary>
        /// <param name="reader">At its first byte; afterwards at its end.</param>
        /// <param name="conformance">The negotiated bits of <see cref="Conformance"/>.</param>
        /// <param name="maxRequest">Longest APDU that the server receives, in bytes.</param>
        /// <returns>False when it is not well formed.</returns>
        public static bool ReadResponse(ApduReader reader, out int conformance, out int maxRequest)
        {
            reader.Expect(ApduTag.InitiateResponse);
            if (reader.ReadU8() != 0)
            {
                reader.ReadU8();
            }

            reader.Expect(Version);
            reader.Expect(ConformanceTag1);
            reader.Expect(ConformanceTag2);
            reader.Expect(ConformanceLength);
            reader.Expect(0);
            conformance = (reader.ReadU8() << 16) | reader.ReadU16();
            conformance &= Conformance.Proposed;
            maxRequest = reader.ReadU16();
            reader.Expect(VaaNameOfLn >> 8);
            reader.Expect(VaaNameOfLn & 0xFF);

            // 0 says: no limit.
            maxRequest = maxRequest == 0 ? int.MaxValue : maxRequest;
            return reader.IsAtEnd && maxRequest >= MinPdu;
        }
    }
}
