using System.Collections;

namespace NanoComm.Tests
{
    /// <summary>
    /// A metering unit's pairings behind a <see cref="DlmsPeer"/>: SAP 2 the active one, SAP 3 the pending one, SAP 4
    /// tickets, SAP 16 the public. It follows the rules, until the test says otherwise.
    /// </summary>
    public sealed class PairingPeer
    {
        public const byte TicketTag = 0xDD;

        private const string Object = "20000000608200FF";

        private readonly DlmsPeer _peer;
        private readonly ArrayList _tickets = new ArrayList();

        public PairingPeer(DlmsPeer peer)
        {
            _peer = peer;
        }

        /// <summary>The SAPs that were used, in order: tickets and associations.</summary>
        public string Saps = "";

        public TestTicket Active;
        public TestTicket Pending;

        /// <summary>Answers every ticket with this, and takes none; "" for the truth.</summary>
        public string ForgedStage = "";

        /// <summary>As <see cref="ForgedStage"/>, but takes the ticket.</summary>
        public bool StagesAllTheSame;

        /// <summary>Answers the commit with this, and does nothing.</summary>
        public string ForgedCommit = "";

        /// <summary>Commits, and says nothing any more.</summary>
        public bool DiesAtCommit;

        /// <summary>What is meant for SAP 2 arrives at SAP 3.</summary>
        public bool Diverts;

        /// <summary>In place of the receipt.</summary>
        public string ForgedReceipt = "";

        public string Tombstone = "";

        /// <summary>Its Order box, or null.</summary>
        public OrderPeer Box;

        /// <summary>Makes its part of a ticket known to the metering unit: in truth it opens it with its KEK.</summary>
        public void Know(TestTicket ticket)
        {
            _tickets.Add(ticket);
        }

        public string TakeTicket(int sap, string message)
        {
            Saps += sap.ToString();
            TestTicket ticket = Find(message);
            if (ForgedStage.Length > 0)
            {
                Pending = StagesAllTheSame ? ticket : Pending;
                return ForgedStage;
            }

            uint committed = Active == null ? 0 : Active.Epoch;
            if (ticket == null)
            {
                return "D80105";
            }

            if (ticket == Pending || ticket == Active)
            {
                return Staged(ticket == Pending ? 2 : 3);
            }

            if (ticket.Epoch <= committed || (Pending != null && ticket.Epoch < Pending.Epoch))
            {
                return Refused(ticket.Epoch <= committed ? 5 : 6);
            }

            Pending = ticket;
            return Staged(1);
        }

        public static string Staged(int result)
        {
            return "C701C1 00 010016 0" + result.ToString();
        }

        public static string Refused(int result)
        {
            return "C701C1 03 010016 0" + result.ToString();
        }

        public bool Associate(int sap)
        {
            Saps += sap.ToString();
            TestTicket keys = sap == 3 || Diverts ? Pending : Active;
            if (keys == null)
            {
                return false;
            }

            _peer.Use(keys.Guek, keys.Gak);
            return true;
        }

        public string Answer(int sap, string request)
        {
            string id = request.Substring(4, 2);
            if (sap == 16)
            {
                Saps += "16";
                return "C401" + id + (request.Substring(6) == Object + "0700" ? "00" + Octets(Tombstone) : "0103");
            }

            if (Box != null && request.IndexOf(OrderPeer.Object) == 6)
            {
                return Box.Answer(id, request);
            }

            if (request.Substring(0, 4) == "C003")
            {
                return State(id, request.Substring(6));
            }

            return Commit(id, request.Substring(6));
        }

        private string State(string id, string rest)
        {
            string two = Object + "0200" + Object + "0300";
            string values = "00160" + (Pending == null ? 1 : Active == null ? 3 : 2).ToString()
                + "0006" + (Active == null ? "00000000" : Active.EpochText);
            return rest == "02" + two ? "C403" + id + "02" + values
                : rest == "03" + two + Object + "0600" && !Diverts
                ? "C403" + id + "03" + values + "00" + Octets(Active == null ? "" : ReceiptOf(Active))
                : rest == "03" + two + Object + "0600" ? "C403" + id + "03" + values + "0103"
                : "D80102";
        }

        private string Commit(string id, string rest)
        {
            string expected = Object + "02" + "01" + "020306" + Pending.EpochText
                + "0908" + Pending.MeterTitle + "0908" + DlmsPeer.ClientTitle;
            if (rest != expected || ForgedCommit.Length > 0)
            {
                return "C701" + id + (ForgedCommit.Length > 0 ? ForgedCommit : "0300");
            }

            Active = Pending;
            Pending = null;
            _peer.DropResponses = DiesAtCommit ? -1 : 0;
            return "C701" + id + "000100" + Octets(ReceiptOf(Active));
        }

        private string ReceiptOf(TestTicket ticket)
        {
            return ForgedReceipt.Length > 0 ? ForgedReceipt : ticket.Receipt;
        }

        private TestTicket Find(string message)
        {
            for (int i = 0; i < _tickets.Count; i++)
            {
                var ticket = (TestTicket)_tickets[i];
                if (ticket.Message == message)
                {
                    return ticket;
                }
            }

            return null;
        }

        private static string Octets(string bytes)
        {
            return "09" + Hex.Format(new byte[] { (byte)(bytes.Length / 2) }, 0, 1) + bytes;
        }
    }
}
