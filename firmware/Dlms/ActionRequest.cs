namespace NanoComm.Dlms
{
    /// <summary>Writes ACTION requests (IEC 62056-5-3, Action-Request-Normal).</summary>
    public static class ActionRequest
    {
        private const byte Normal = 1;

        /// <summary>Writes all up to the parameter, which is of type Data.</summary>
        /// <param name="writer">Opened.</param>
        /// <param name="invokeId">0…15.</param>
        /// <param name="method">The method.</param>
        /// <param name="hasParameter">Whether a parameter follows.</param>
        public static void WriteHead(ApduWriter writer, int invokeId, CosemDescriptor method, bool hasParameter)
        {
            writer.WriteU8(ApduTag.ActionRequest);
            writer.WriteU8(Normal);
            writer.WriteU8(InvokeId.Write(invokeId));
            method.Write(writer, hasParameter);
        }
    }
}
