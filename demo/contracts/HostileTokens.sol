// SPDX-License-Identifier: MIT
pragma solidity =0.7.6;

import "./Erc20Ledger.sol";

/// Old style: metadata as bytes32 (MKR, SAI and others on mainnet).
contract Bytes32Token is Erc20Ledger {
    bytes32 public constant name = "Maker";
    bytes32 public constant symbol = "MKR";
    uint8 public constant decimals = 18;
}

/// All three metadata functions revert.
contract RevertingToken is Erc20Ledger {
    function name() external pure returns (string memory) {
        revert("no name");
    }

    function symbol() external pure returns (string memory) {
        revert("no symbol");
    }

    function decimals() external pure returns (uint8) {
        revert("no decimals");
    }
}

/// Has no metadata functions at all.
contract BareToken is Erc20Ledger {}

contract EmptyTextToken is Erc20Ledger {
    string public constant name = "";
    string public constant symbol = "";
    uint8 public constant decimals = 18;
}

/// A name of 20,000 letters.
contract LongNameToken is Erc20Ledger {
    string public constant symbol = "LONG";
    uint8 public constant decimals = 18;

    function name() external pure returns (string memory) {
        bytes memory text = new bytes(20000);
        assembly {
            let end := add(add(text, 32), 20000)
            for { let at := add(text, 32) } lt(at, end) { at := add(at, 32) } {
                mstore(at, "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL")
            }
        }
        return string(text);
    }
}

/// NUL (which Postgres refuses), an escape sequence, a newline, and bytes that are not UTF-8.
contract ControlCharacterToken is Erc20Ledger {
    uint8 public constant decimals = 18;

    function symbol() external pure returns (string memory) {
        return string(hex"41004207");
    }

    function name() external pure returns (string memory) {
        bytes memory text = hex"1b5b33316d7265640afffe20656e64";
        return string(text);
    }
}

/// decimals() takes all gas that it is given.
contract GasBurningToken is Erc20Ledger {
    string public constant name = "Gas Burner";
    string public constant symbol = "BURN";

    function decimals() external pure returns (uint8 value) {
        while (true) value++;
    }
}

/// decimals() answers a number that is no uint8.
contract OversizedDecimalsToken is Erc20Ledger {
    string public constant name = "Oversized Decimals";
    string public constant symbol = "BIG";
    uint256 public constant decimals = 300;
}
