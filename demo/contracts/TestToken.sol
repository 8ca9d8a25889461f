// SPDX-License-Identifier: MIT
pragma solidity =0.7.6;

import "./Erc20Ledger.sol";

/// An honest ERC-20 with any metadata; decimals may be 0 or 255, which the standard allows.
contract TestToken is Erc20Ledger {
    string public name;
    string public symbol;
    uint8 public immutable decimals;

    constructor(string memory name_, string memory symbol_, uint8 decimals_) {
        name = name_;
        symbol = symbol_;
        decimals = decimals_;
    }
}
