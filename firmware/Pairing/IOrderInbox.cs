namespace NanoComm.Pairing
{
    /// <summary>Takes orders that came by hand, through the inbox of tickets.</summary>
    internal interface IOrderInbox
    {
        /// <summary>Takes an order.</summary>
        /// <param name="file">The file, which calls itself an order.</param>
        /// <returns>False when it has to wait in the inbox; else it is done with, whatever became of it.</returns>
        bool Take(byte[] file);
    }
}
