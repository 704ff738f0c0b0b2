namespace NanoComm.Tests
{
    /// <summary>The Order box of a <see cref="PairingPeer"/>. It follows the rules, until the test says otherwise.</summary>
    public sealed class OrderPeer
    {
        public const string Object = "20010000608201FF";

        /// <summary>What is in the box, in digits; "" for nothing.</summary>
        public string Order = "";

        /// <summary>The last answer, in digits.</summary>
        public string LastAnswer = "";

        /// <summary>Answers that came.</summary>
        public int Answers;

        /// <summary>How often it was asked whether an order waits.</summary>
        public int Polls;

        /// <summary>Orders that were read.</summary>
        public int Reads;

        /// <summary>Action-result of every answer, two digits.</summary>
        public string ActionResult = "00";

        /// <summary>Says that it has taken an answer, and keeps the order all the same.</summary>
        public bool LosesAnswers;

        public string Answer(string id, string request)
        {
            string rest = request.Substring(6 + Object.Length);
            if (request.Substring(0, 4) == "C301")
            {
                return "C701" + id + Take(rest) + "00";
            }

            Polls += rest == "0300" ? 1 : 0;
            Reads += rest == "0200" ? 1 : 0;
            return "C401" + id + (rest == "0300" ? "0006" + (Order.Length > 0 ? "0000002A" : "00000000")
                : rest == "0200" ? "0009" + LengthOf(Order) + Order
                : "0104");
        }

        private static string LengthOf(string bytes)
        {
            return (bytes.Length < 256 ? "" : bytes.Length < 512 ? "81" : "82" + Hex.Format(new byte[] { (byte)(bytes.Length / 512) }, 0, 1))
                + Hex.Format(new byte[] { (byte)(bytes.Length / 2) }, 0, 1);
        }

        // Method 2, with an octet-string.
        private string Take(string rest)
        {
            int head = rest.Substring(6, 2) == "81" ? 10 : 8;
            if (rest.Substring(0, 6) != "020109" || rest.Substring(6, head - 6) != LengthOf(rest.Substring(head)))
            {
                return "0C";
            }

            Answers++;
            if (ActionResult == "00")
            {
                LastAnswer = rest.Substring(head);
                bool isNamed = Order.Length > 48 && LastAnswer.Substring(18, 32) == Order.Substring(16, 32);
                Order = isNamed && !LosesAnswers ? "" : Order;
            }

            return ActionResult;
        }
    }
}
