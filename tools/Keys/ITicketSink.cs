using System;
using System.Collections.Generic;

namespace NanoComm.Keys
{
    /// <summary>Where the tickets of a batch go.</summary>
    public interface ITicketSink : IDisposable
    {
        /// <summary>Takes tickets that are in the ledger, and the orders that follow them.</summary>
        /// <exception cref="System.IO.IOException">They could not be written.</exception>
        /// <exception cref="LedgerException">They could not be written.</exception>
        void Write(IReadOnlyList<IssuedTicket> tickets);

        /// <summary>All of them are on the medium when this returns.</summary>
        /// <exception cref="System.IO.IOException">They are not.</exception>
        /// <exception cref="LedgerException">They are not.</exception>
        void Finish();
    }
}
