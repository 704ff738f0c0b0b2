namespace NanoComm.Simulators.Dlms
{
    /// <summary>What stands above the data links.</summary>
    public interface IApduHandler
    {
        /// <summary>Handles a request.</summary>
        /// <param name="client">The client's SAP.</param>
        /// <param name="apdu">The APDU, without LLC header.</param>
        /// <returns>The response, or null for none.</returns>
        byte[] Handle(byte client, byte[] apdu);

        /// <summary>The data link of a client was opened anew or closed: whatever it had opened is gone.</summary>
        /// <param name="client">The client's SAP.</param>
        void Disconnected(byte client);
    }
}
