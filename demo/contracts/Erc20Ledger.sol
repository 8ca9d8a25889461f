// SPDX-License-Identifier: MIT
pragma solidity =0.7.6;

/// The part of an ERC-20 that moves balances. Metadata is left to each token, because some of ours lie about it.
abstract contract Erc20Ledger {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    /// Anyone may mint: these tokens only ever live on a local chain.
    function mint(address to, uint256 value) external {
        totalSupply = add(totalSupply, value);
        balanceOf[to] = add(balanceOf[to], value);
        emit Transfer(address(0), to, value);
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        move(msg.sender, to, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        uint256 allowed = allowance[from][msg.sender];
        if (allowed != type(uint256).max) {
            allowance[from][msg.sender] = sub(allowed, value, "allowance too small");
        }
        move(from, to, value);
        return true;
    }

    function move(address from, address to, uint256 value) internal {
        balanceOf[from] = sub(balanceOf[from], value, "balance too small");
        balanceOf[to] = add(balanceOf[to], value);
        emit Transfer(from, to, value);
    }

    function add(uint256 a, uint256 b) private pure returns (uint256 sum) {
        sum = a + b;
        require(sum >= a, "sum over 2^256");
    }

    function sub(uint256 a, uint256 b, string memory message) private pure returns (uint256) {
        require(b <= a, message);
        return a - b;
    }
}
